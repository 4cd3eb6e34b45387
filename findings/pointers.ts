/**
 * Where to read on about a message: each kind of message is a heading of docs/troubleshooting.md, which says what it comes
 * from, how to look, and what to do. A topic is the anchor of such a heading: `volume-datastores`.
 */
const page = "docs/troubleshooting.md";

/** Where to read on: `docs/troubleshooting.md#volume-datastores`. */
export function pointerTo(topic: string): string {
  return `${page}#${topic}`;
}

/**
 * A message with where to read on as its last part. One that says it already, or has no topic, stays as it is.
 *
 * @param text one sentence, or several lines
 */
export function pointed(text: string, topic: string | undefined): string {
  if (topic === undefined || text.includes(`${page}#`)) return text;
  const [written, pointer] = [text.trimEnd(), pointerTo(topic)];
  return written.endsWith(".") ? `${written} See ${pointer}.` : `${written}; see ${pointer}`;
}

/** The topic of a check of vCenter, by its name in the configuration's `preflight`: `volume-datastores`. */
export function topicOfCheck(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
