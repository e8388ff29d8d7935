"""How a report comes in: form, similar ones, suspicion, number and receipt."""
