"""What the law on personal data asks to be written down: erasures, the register of processing, breaches."""
