package dev.outbox.benchmark.listener;

record AccountChanged(String key, String mark, String text) {}
