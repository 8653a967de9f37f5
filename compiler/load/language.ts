/** The newest version of the language that this compiler reads. */
export const languageVersion = 1;
