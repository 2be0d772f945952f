/**
 * Node's own modules, fetched as they are: an `import` also fills in every name they export, the WebSocket client and
 * the Web Crypto API among them, which the agent never uses and which take 12 MB of its memory.
 */
export const http = process.getBuiltinModule('node:http');
export const https = process.getBuiltinModule('node:https');
export const net = process.getBuiltinModule('node:net');
export const crypto = process.getBuiltinModule('node:crypto');
export const zlib = process.getBuiltinModule('node:zlib');
