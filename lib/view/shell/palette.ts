/**
 * The colours, each by what it is for, for the dark and the light theme. `app/tokens.css` is made of them, and so are the
 * page that asks for the password and the icons. One export a colour: a page loads those that its scripts use.
 */
export interface Colour {
  dark: string;
  light: string;
}

export const bg: Colour = { dark: '#0b0e13', light: '#f6f7f9' };
export const surface: Colour = { dark: '#12161d', light: '#ffffff' };
export const raised: Colour = { dark: '#181d26', light: '#eef1f5' };
export const line: Colour = { dark: '#232a36', light: '#e1e5ec' };
export const lineStrong: Colour = { dark: '#323b4b', light: '#c3cbd8' };
export const text: Colour = { dark: '#e6eaf1', light: '#131822' };
export const muted: Colour = { dark: '#9aa6b9', light: '#4d586b' };
export const faint: Colour = { dark: '#8491a5', light: '#5c677a' };
export const healthy: Colour = { dark: '#2fbf71', light: '#117a3c' };
export const starting: Colour = { dark: '#4aa3ff', light: '#1667c7' };
export const failing: Colour = { dark: '#f5b83d', light: '#8f5b00' };
export const unhealthy: Colour = { dark: '#ff666b', light: '#c71f2c' };
export const nocheck: Colour = { dark: '#8aa0b8', light: '#4d637c' };
export const pending: Colour = { dark: '#a98bff', light: '#6a44d6' };
export const unknown: Colour = { dark: '#8793a8', light: '#5b6678' };
export const gone: Colour = { dark: '#8793a8', light: '#5c677a' };
export const accent: Colour = { dark: '#62aefc', light: '#1260bb' };
export const onFill: Colour = { dark: '#0b0e13', light: '#ffffff' };
