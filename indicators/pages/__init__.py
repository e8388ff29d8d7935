"""The Sekcam's pages."""
