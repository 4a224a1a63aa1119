package dev.outbox.bank;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Wallets extends JpaRepository<Wallet, String> {}
