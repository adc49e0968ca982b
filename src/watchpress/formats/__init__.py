"""How findings are shown. One signature: render(findings, view) -> str."""
