const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#12161d"/><path d="M5 17h5l3.2-10 4.6 18 3.4-12 1.8 4H27" fill="none" stroke="#9aa6b9" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** The tab's icon before anything is known. As data: a browser that finds none asks for one at the root of the host. */
export const PLAIN_ICON = `data:image/svg+xml,${encodeURIComponent(SVG)}`;
