export const filter = 'Filter';
export const service = 'Service';
export const node = 'Node';
export const about = 'About';
export const level = 'Level';
export const show = 'Show';
export const showAll = 'Show all';
export const anyOne = 'all';
