/** A text as one word of a command that can be copied into a POSIX shell, whatever it holds: `'it'\''s'`. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
