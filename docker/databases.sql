-- One database per service; nobody looks into the other one.
create database orders;
create database inventory;
