export const liveServerRestarted = 'Live, server restarted';
export const noManagerAnswersThisPicture = 'No manager answers: this picture may be old.';
export const noConnectionToTheServer = 'No connection to the server.';
