/** The command that takes what exists into a stack, for messages. */
export const adoption = "npm run adopt -- --stack NAME";
