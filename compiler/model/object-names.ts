/**
 * True for a name that every object of JavaScript has, such as `constructor` or `__proto__`: whoever looks for it among
 * the keys of an object finds it in any.
 */
export const isObjectName = (name: string): boolean => Object.hasOwn(Object.prototype, name);
