"""What a case of each area and kind means in calls of the public face; one module an area."""
