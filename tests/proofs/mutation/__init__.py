"""The mutants by the floor they live on; `python -m tests.proofs.mutants` runs them."""
