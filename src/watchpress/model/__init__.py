"""What a report is: its XML names and places, its schema, and the ledger of its notes."""
