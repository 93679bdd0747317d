"""The Reconciliation Service API, version 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/):
other services asked for what our things are there, and our own graph asked by others."""
