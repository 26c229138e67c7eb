// Every buffer on the stack is written before it is read; to fill it with zeros first costs as much as a record.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
