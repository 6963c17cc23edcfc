-- Within its minute a row is counted up again and again. With room left in its page the new version stays there, and no
-- index has to learn of it.
ALTER TABLE "hand_outs" SET (fillfactor = 85);
