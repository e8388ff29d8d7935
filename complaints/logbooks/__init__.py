"""The Trantib log book taken in by command."""
