"""Speed and memory on the bundled example; accuracy on development data where it lies beside the checkout."""
