/** How the certificate of vCenter is checked: with those of an authority, not at all, or (with neither) as usual. */
export interface CertificateCheck {
  readonly insecure?: true;
  /** Certificates of the authority, PEM. */
  readonly caBundle?: string;
}

/**
 * `insecure` or `caBundle`: Deckhouse refuses `insecure: true` next to certificates, and the certificates say more.
 *
 * @param provider what is known of the connection
 */
export function certificateCheck({
  insecure,
  caBundle,
}: {
  readonly insecure?: boolean | undefined;
  readonly caBundle?: string | undefined;
}): CertificateCheck {
  if (caBundle !== undefined && caBundle !== "") {
    return { caBundle };
  }
  return insecure === true ? { insecure } : {};
}
