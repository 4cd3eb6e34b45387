/**
 * The form in which names are compared with those of vCenter, which keeps what it was given: a name that a Mac typed has its
 * letters and their marks apart (NFD) where others have them in one (NFC), and looks the same. Case does not count.
 *
 * Source: Unicode Standard Annex #15.
 */
export function comparableName(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Whether two names are the same but for the form of their letters. Case counts. */
export function isSameName(one: string, other: string): boolean {
  return one === other || one.normalize("NFC") === other.normalize("NFC");
}

/** The spellings under which vCenter may have a name that looks like this one, as it is given first, each once. */
export function spellingsOf(name: string): string[] {
  return [...new Set([name, name.normalize("NFC"), name.normalize("NFD")])];
}
