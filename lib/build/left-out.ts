/**
 * Stands in the server's bundle for what dockerode requires when it is loaded and this product never has it do: an ssh
 * client (ours runs `ssh`, `connect-ssh.ts`), sessions of BuildKit, packing the context of an image. They would take
 * 7 MB of memory and half of the bundle. Whoever called one of them would be told that it is not a function.
 */
export {};
