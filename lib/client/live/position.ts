/** Where a reader of the stream stands: which life of the server, and which of its revisions. */
export interface Position {
  epoch: string;
  revision: number;
}
