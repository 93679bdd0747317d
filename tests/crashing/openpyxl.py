"""Stands in for a parser that never comes back."""

import time

time.sleep(600)
