export const explainedBy = 'Explained by';
