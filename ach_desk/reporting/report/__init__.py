"""Reports: one model of a finished report, which every format is made from, so that they never disagree.

`compose.report` makes the model from an analysis, `formats.FORMATS` says who turns it into a file. Importing this
package is cheap; what composes and renders is imported on use.
"""
