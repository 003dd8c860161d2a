"""The pages: what each screen asks of `standoff.api`, and what each form does."""
