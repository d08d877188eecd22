module example.test/users

go 1.19
