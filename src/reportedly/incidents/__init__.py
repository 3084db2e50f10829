"""From claims to incidents: block, score, group, and tell what all the voices say. Pure functions over plain facts."""
