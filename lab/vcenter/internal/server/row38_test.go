package server_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// searched lists who a search for users or groups of a domain comes to.
func (on *target) searched(ctx context.Context, domain, text string, isGroup bool) (string, error) {
	answer, err := methods.RetrieveUserGroups(ctx, on.Client, &types.RetrieveUserGroups{
		This: *on.Client.ServiceContent.UserDirectory, Domain: domain, SearchStr: text, ExactMatch: true,
		FindUsers: !isGroup, FindGroups: isGroup,
	})
	if err != nil {
		return "", err
	}
	names := []string{}
	for _, found := range answer.Returnval {
		names = append(names, found.GetUserSearchResult().Principal)
	}
	return fmt.Sprint(names), nil
}

func TestRow38UsersAndGroupsAreThoseOfThisVCenter(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		for _, one := range []struct {
			text    string
			isGroup bool
			want    string
		}{
			{"Administrator", false, "[administrator]"},
			{"administrator", true, "[]"},
			{"administrators", true, "[Administrators]"},
			{"nobody", false, "[]"},
		} {
			got, err := on.searched(ctx, "vsphere.local", one.text, one.isGroup)
			if err != nil {
				return err
			}
			if err := equal(one.text, got, one.want); err != nil {
				return err
			}
		}
		_, err := on.searched(ctx, "other.example.com", "administrator", false)
		return wantFault(err, &types.NotFound{})
	})
}
