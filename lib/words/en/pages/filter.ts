export const nameOrImage = 'Name or image';
export const filterByNameOrImage = 'Filter by name or image';
