/** 64 kB of memory each instead of 256: answers are small, and the lines of a stream alike and near each other. */
export const ZIP = { windowBits: 13, memLevel: 6, chunkSize: 4_096 };
