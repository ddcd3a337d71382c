package extract

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

func TestCalendar(t *testing.T) {
	monday := "2019-06-03"
	for _, c := range []struct {
		text, ref string
		future    bool
		from, to  string
	}{
		{"On May 30-31, 2019", "", false, "2019-05-30", "2019-05-31"},
		{"30 May 2019", "", false, "2019-05-30", "2019-05-30"},
		{"in May 2019", "", false, "2019-05", "2019-05"},
		{"in 2014", "", false, "2014", "2014"},
		{"since 2014", "", false, "2014", ""},
		{"until March 2020", "", true, "", "2020-03"},
		{"from 2014 to 2016", "", false, "2014", ""},
		{"on May 30", monday, false, "2019-05-30", "2019-05-30"},
		{"on September 2", monday, false, "2018-09-02", "2018-09-02"},
		{"on September 2", monday, true, "2019-09-02", "2019-09-02"},
		{"in January", monday, true, "2020-01", "2020-01"},
		{"Tuesday", monday, false, "2019-05-28", "2019-05-28"},
		{"on Tuesday", monday, true, "2019-06-04", "2019-06-04"},
		{"Monday", monday, false, "2019-06-03", "2019-06-03"},
		{"last Monday", monday, false, "2019-05-27", "2019-05-27"},
		{"yesterday", monday, false, "2019-06-02", "2019-06-02"},
		{"last week", monday, false, "2019-05-27", "2019-06-02"},
		{"this week", monday, false, "2019-06-03", "2019-06-09"},
		{"next month", monday, true, "2019-07", "2019-07"},
		{"last year", monday, false, "2018", "2018"},
		{"last month", "2019", false, "", ""},
		{"the past three years", monday, false, "", ""},
		{"for decades", monday, false, "", ""},
		{"Tuesday", "", false, "", ""},
	} {
		var ref seeds.Date
		if c.ref != "" {
			var err error
			ref, err = seeds.ParseDate(c.ref)
			require.NoError(t, err)
		}
		from, to := calendar(c.text, ref, c.future)
		require.Equal(t, c.from+" "+c.to, from.String()+" "+to.String(), "%s at %s", c.text, c.ref)
	}
}
