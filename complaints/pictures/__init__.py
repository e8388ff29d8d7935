"""Photos: made clean, kept as files, shown to whom they concern; proofs of settling, compared with all earlier ones."""
