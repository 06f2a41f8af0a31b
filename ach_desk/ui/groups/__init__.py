"""Dependence groups in the window: the bracket in the matrix, the section of the inspector, the actions."""
