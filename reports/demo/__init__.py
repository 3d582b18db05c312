"""The synthetic data of the demo: a cast of people, and two years of their work played through the real actions."""
