-- Accounts that a program of the release before makes from now on keep the 0: no link of theirs is void.
UPDATE users SET secured_at = created_at WHERE secured_at = 0;
