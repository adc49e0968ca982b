"""One room per external thing: what it is called, who needs it, its packages, its version.

The signature of the family is `watchpress.doctor.Tool`. Members do not import each other.
"""
