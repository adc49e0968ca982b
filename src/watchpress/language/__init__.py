"""All that depends on the language: words, dates, scripts, letters. Only here is it asked for."""
