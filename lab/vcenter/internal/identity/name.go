// Package identity keeps the users and groups that the simulated vCenter knows, as its single sign-on service would.
package identity

import "strings"

// Name is a principal split into its domain and its account.
type Name struct {
	Domain  string
	Account string
}

// ParseName reads the two spellings that vCenter accepts, "account@domain" and `DOMAIN\account`.
// A name without a domain is refused: vCenter resolves it differently from call to call
// (kubernetes-sigs/vsphere-csi-driver#808), so a program that sends one has a fault that the lab must show.
func ParseName(text string) (Name, bool) {
	if domain, account, found := strings.Cut(text, `\`); found {
		return Name{Domain: strings.ToUpper(domain), Account: account}, domain != "" && account != ""
	}
	separator := strings.LastIndex(text, "@")
	if separator < 1 || separator == len(text)-1 {
		return Name{}, false
	}
	return Name{Domain: strings.ToUpper(text[separator+1:]), Account: text[:separator]}, true
}

// String gives the spelling in which vCenter answers: `VSPHERE.LOCAL\administrator`.
func (name Name) String() string {
	return name.Domain + `\` + name.Account
}

// key compares principals as vCenter does, without regard to case.
func (name Name) key() string {
	return strings.ToLower(name.String())
}
