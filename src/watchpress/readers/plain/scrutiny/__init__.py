"""What a careful editor sees in the copy: found and told, never repaired."""
