"""The rules' arithmetic: pure functions over exact numbers, each citing where its rule comes from."""
