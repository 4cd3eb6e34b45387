package vim

import (
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/identity"
)

// UserDirectory lists the users and groups of this vCenter; the plain simulator lists three of its own (row 38). It
// embeds the plain property object, as AuthorizationManager does.
type UserDirectory struct {
	mo.UserDirectory

	directory *identity.Directory
}

// InstallUserDirectory puts the replacement in the place of the simulator's object.
func InstallUserDirectory(access *Access, directory *identity.Directory) {
	users := &UserDirectory{directory: directory}
	users.Self = Reference{Type: "UserDirectory", Value: "UserDirectory"}
	access.Map.Put(users)
}

// RetrieveUserGroups searches one domain, by the account alone, as the API reference says. A domain that nobody belongs
// to is NotFound.
func (users *UserDirectory) RetrieveUserGroups(request *types.RetrieveUserGroups) soap.HasFault {
	body := &methods.RetrieveUserGroupsBody{}
	found, known := users.directory.Search(request.Domain, request.SearchStr, request.ExactMatch)
	if !known {
		body.Fault_ = Fault(&types.NotFound{})
		return body
	}
	body.Res = &types.RetrieveUserGroupsResponse{}
	for _, one := range found {
		if one.IsGroup && request.FindGroups || !one.IsGroup && request.FindUsers {
			body.Res.Returnval = append(body.Res.Returnval, &types.UserSearchResult{
				Principal: one.Name.Account, FullName: one.Name.Account, Group: one.IsGroup,
			})
		}
	}
	return body
}
