/** The memory of a node, as its own object, `free`, `top` and /proc/meminfo tell it. */
export const nodeMemoryKiB = 8_127_444;
