# a comment, then right and wrong lines
Welding R101 0 2
Welding R101 1 0
Welding Hall 1 0
Lathe R101 1 0
Nobody R101 0 0

Safety Nowhere +1 2_0 and more
English Hall -1 0
END.
