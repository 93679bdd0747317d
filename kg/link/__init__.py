"""The graph and other graphs: what of theirs is the same as what of ours, why, and who has said so."""
