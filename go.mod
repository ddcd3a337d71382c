module github.com/dyad-kg/dyad

go 1.26
