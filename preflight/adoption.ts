/** The command that takes what exists into a stack, for messages. */
export const adoption = "npm run adopt -- --stack NAME";

/** What follows where something that is there already may be what an `up` of this stack made before it was killed. */
export const ifInterrupted =
  "If an interrupted pulumi up of this stack did that, it is left when the stack ends: docs/operations.md, " +
  '"An up that was interrupted"';
