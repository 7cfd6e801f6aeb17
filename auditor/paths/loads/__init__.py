"""What came along with an object: the relations that its query loaded, followed back to where the object came from."""
