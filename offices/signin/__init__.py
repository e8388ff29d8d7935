"""How staff get in: passwords, second factors, passkeys, recovery codes, and the account's own pages."""
