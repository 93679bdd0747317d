"""The Reconciliation Service API 0.2 of the W3C community group: other services asked, and our graph asked by others."""
