//! Services on the command line: the program as a process.
